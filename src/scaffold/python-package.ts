import {GearError} from '../errors.ts';

/** The package below `src/` that holds a function: `notify-buyer` is `notify_buyer`. */
export function packageName(name: string): string {
  return name.replaceAll('-', '_');
}

/**
 * What stands in the deployment package goes before Python's own modules and the runtime's: a function `queue` would
 * leave boto3 without the `queue` that it imports.
 */
export function requirePackageName(name: string): void {
  const taken = packageName(name);
  const why = keywords.includes(taken)
    ? 'it is a word of the language'
    : standardLibrary.includes(taken)
      ? "it would take the place of Python's own module"
      : runtime.includes(taken)
        ? "it would take the place of a package of Lambda's runtime"
        : ownFolders.includes(taken)
          ? 'the service has a folder of that name for something else'
          : undefined;
  if (why === undefined) return;
  throw new GearError(`${name} cannot be the name of a function in Python: ${why}`, {
    code: 'FUNCTION_NAME_INVALID',
    suggestions: [`on-${name}`],
  });
}

const ownFolders = ['lib', 'tests'];

const keywords = words`
  and as assert async await break class continue def del elif else except finally for from global if import in is lambda
  nonlocal not or pass raise return try while with yield`;

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html */
const runtime = words`awslambdaric boto3 botocore bootstrap dateutil jmespath s3transfer six urllib3`;

/** `sys.stdlib_module_names` of Python 3.13, without what no function can be called. */
const standardLibrary = words`
  abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 calendar cmath cmd code
  codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv
  ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno
  faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob
  graphlib grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json
  keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing
  netrc nt ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform
  plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue
  quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil
  signal site smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string
  stringprep struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this
  threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
  typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc
  zipapp zipfile zipimport zlib zoneinfo`;

function words([text]: TemplateStringsArray): readonly string[] {
  return text!.trim().split(/\s+/);
}
