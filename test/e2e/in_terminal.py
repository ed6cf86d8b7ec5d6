"""Runs a command in a pseudo terminal of its own, says what it is told to once something is to be read, and prints how it went."""
import fcntl, json, os, pty, re, select, signal, struct, sys, termios

spec = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', spec['rows'], spec['columns'], 0, 0))
    os.chdir(spec['cwd'])
    os.execvp(spec['command'][0], spec['command'])

seen, at, steps, again = '', 0, spec['steps'], None


def act(what):
    if what.startswith('SIG'):
        os.kill(pid, getattr(signal, what))
    else:
        os.write(terminal, what.encode())


while True:
    ready, _, _ = select.select([terminal], [], [], 0.1 if again else 60)
    if not ready and not again:
        os.kill(pid, signal.SIGKILL)
        break
    if ready:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece.decode(errors='replace')
    elif again:
        act(again)
    found = steps and re.search(steps[0]['said'], seen[at:])
    if found:
        step, at = steps.pop(0), at + found.end()
        if step['answer'] == 'HANGUP':
            os.close(terminal)
            break
        act(step['answer'])
        again = step['answer'] if step.get('untilItEnds') else None

status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({'status': status, 'said': seen, 'notSaid': [step['said'] for step in steps]}))
