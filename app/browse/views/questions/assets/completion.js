// What completes a word of a query: variables, keywords, prefixes, and terms of the ontology.

const KEYWORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE PREFIX BASE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND " +
  "VALUES UNDEF GROUP BY ORDER HAVING ASC DESC LIMIT OFFSET AS EXISTS NOT IN SERVICE COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI STRLEN SUBSTR UCASE LCASE CONTAINS STRSTARTS " +
  "STRENDS STRBEFORE STRAFTER CONCAT REPLACE REGEX ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW COALESCE IF SAMETERM ISIRI " +
  "ISLITERAL ISBLANK STRDT STRLANG TRUE FALSE"
).split(" ");
const KEYWORD_SET = new Set(KEYWORDS);
const UNRANKED = 9;

export function isKeyword(word) {
  return KEYWORD_SET.has(word.toUpperCase()) || word === "a";
}

// Returns completions as [name, meaning, what is inserted], the best first. `before` is the query before the word;
// without `forced` the word must be long enough to mean something.
export function findCompletions(word, before, query, data, forced) {
  const low = word.toLowerCase();
  if (/^[?$]/.test(word)) return completeVariable(word, query);
  if (/prefix\s+$/i.test(before)) {
    return Object.entries(data.prefixes)
      .filter(([name]) => name.startsWith(low.replace(":", "")))
      .map(([name, space]) => [`${name}:`, space, `${name}: <${space}>`]);
  }
  const hasPrefix = low.includes(":");
  if (!forced && low.length < 2 && !/\P{ASCII}/u.test(low) && !hasPrefix) return [];
  const ranked = data.terms.map((term) => [rankTerm(term, low), term]).filter(([rank]) => rank < UNRANKED);
  ranked.sort((one, other) => one[0] - other[0]);
  const terms = ranked.map(([, [name, label]]) => [name, label, name]);
  if (hasPrefix) return terms;
  const keywords = KEYWORDS.filter((each) => each.toLowerCase().startsWith(low)).map((each) => [each, "", each]);
  const prefixes = Object.entries(data.prefixes)
    .filter(([name]) => name.startsWith(low))
    .map(([name, space]) => [`${name}:`, space, `${name}:`]);
  return [...keywords, ...prefixes, ...terms];
}

function completeVariable(word, query) {
  const low = word.toLowerCase();
  return [...new Set(query.match(/[?$][\p{L}\p{N}_]+/gu) ?? [])]
    .filter((each) => each !== word && each.toLowerCase().startsWith(low))
    .map((each) => [each, "", each]);
}

function rankTerm([name, label, other], low) {
  const local = name.slice(name.indexOf(":") + 1).toLowerCase();
  const labels = [label.toLowerCase(), other.toLowerCase()];
  if (name.toLowerCase().startsWith(low)) return 0;
  if (low.includes(":")) {
    const [prefix, part] = low.split(":");
    if (name.split(":")[0] !== prefix) return UNRANKED;
    return [local, ...labels].some((each) => each.includes(part)) ? 3 : UNRANKED;
  }
  if (local.startsWith(low)) return 1;
  if (labels.some((each) => each.startsWith(low))) return 2;
  return [local, ...labels].some((each) => each.includes(low)) ? 3 : UNRANKED;
}
