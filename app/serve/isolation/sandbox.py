"""A sandbox by seccomp: a process in it can open no socket and start no program.

Oxigraph sends requests of its own for SERVICE. A query must reach nothing outside, in whatever way it asks
for it, so the kernel refuses the calls to the process that evaluates it (Linux on x86-64 and ARM64).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

# https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html; numbers from linux/prctl.h,
# linux/seccomp.h, linux/bpf_common.h, linux/audit.h and the tables of system calls.
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
_OTHER_ABI = 0x40000000  # x32 has the same architecture and numbers of its own
# architecture; socket, connect, io_uring_setup, execve, execveat
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 425, 59, 322)),
    "aarch64": (0xC00000B7, (198, 203, 425, 221, 281)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def can_sandbox() -> bool:
    """Return whether ``enter_sandbox`` works on this kind of machine."""
    return sys.platform == "linux" and platform.machine() in _CALLS


def enter_sandbox() -> None:
    """Have calls that lead outside refused to this thread and all that it starts. Cannot be undone.

    Raises OSError where the kernel does not take the filter.
    """
    architecture, calls = _CALLS[platform.machine()]
    steps = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_EQUAL, architecture, 1, 0),
        _step(_RETURN, _REFUSE),
        _step(_LOAD, _NUMBER_AT),
        _step(_AT_LEAST, _OTHER_ABI, 0, 1),
        _step(_RETURN, _REFUSE),
    ]
    for call in calls:
        steps += [_step(_EQUAL, call, 0, 1), _step(_RETURN, _REFUSE)]
    steps.append(_step(_RETURN, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(steps))
    program = _Program(len(steps), ctypes.addressof(code))
    library = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if library.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "the kernel does not take the filter")


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """Return a struct sock_filter; a jump is the number of steps that it skips."""
    return struct.pack("HBBI", code, if_so, if_not, value)
