import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

/** The browser of this machine, if there is one. */
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  name => spawnSync(name, ['--version']).status === 0,
);

/** A page in a real browser, driven by its own protocol. https://chromedevtools.github.io/devtools-protocol/ */
export interface Page {
  send(method: string, params?: object): Promise<Record<string, unknown>>;
  evaluate<T>(expression: string): Promise<T>;
  press(key: string, modifiers?: number): Promise<void>;
  type(text: string): Promise<void>;
  /** What was asked for since the page was opened. */
  readonly requested: readonly string[];
  close(): Promise<void>;
}

export async function openPage(profile: string): Promise<Page> {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'];
  const browser = spawn(chromium!, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => browser.kill());
  const port = await portOf(browser);
  const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(pages.find(({type}) => type === 'page')!.webSocketDebuggerUrl);
  await once(socket, 'open');
  const waiting = new Map<number, (message: Message) => void>();
  const requested: string[] = [];
  socket.addEventListener('message', ({data}) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.method === 'Network.requestWillBeSent') requested.push(message.params!.request!.url);
    if (message.id !== undefined) waiting.get(message.id)?.(message);
  });
  let last = 0;
  const send = async (method: string, params: object = {}) => {
    const id = ++last;
    const answer = await new Promise<Message>(resolve => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({id, method, params}));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result!;
  };
  await send('Network.enable');
  await send('Emulation.setFocusEmulationEnabled', {enabled: true});
  return {
    send,
    requested,
    async evaluate<T>(expression: string) {
      const {result, exceptionDetails} = await send('Runtime.evaluate', {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as {value: T}).value;
    },
    async press(key, modifiers = 0) {
      const text = key.length === 1 ? {text: key} : key === 'Enter' ? {text: '\r'} : {};
      const code = virtualKeys[key] === undefined ? {} : {windowsVirtualKeyCode: virtualKeys[key]};
      await send('Input.dispatchKeyEvent', {type: 'keyDown', key, modifiers, ...text, ...code});
      await send('Input.dispatchKeyEvent', {type: 'keyUp', key, modifiers, ...code});
    },
    async type(text) {
      await send('Input.insertText', {text});
    },
    async close() {
      const gone = once(browser, 'exit');
      // It may be gone before it answers.
      await Promise.race([gone, send('Browser.close')]);
      await gone;
    },
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {readonly request?: {readonly url: string}};
  readonly result?: Record<string, unknown>;
  readonly error?: {readonly message: string};
}

const virtualKeys: Readonly<Record<string, number>> = {Tab: 9, Escape: 27, ' ': 32, Enter: 13};

async function portOf({stderr}: ChildProcess): Promise<string> {
  for await (const line of createInterface({input: stderr!})) {
    const [, port] = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(line) ?? [];
    if (port !== undefined) {
      stderr!.resume();
      return port;
    }
  }
  throw new Error('Chromium ended before it listened');
}
