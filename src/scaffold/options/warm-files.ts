import {posix} from 'node:path';
import type {RenderedFile} from '../render-service.ts';

/** The file in front of a handler, and its test. */
export function warmFiles(language: string, name: string, entry: string): readonly RenderedFile[] {
  const {dir} = posix.parse(entry);
  if (language === 'python') {
    const module = posix.relative('src', dir).replaceAll('/', '.');
    return [
      {path: `${dir}/warm.py`, contents: pythonWrapper(module)},
      {path: `tests/test_${name}_warm.py`, contents: pythonTest(name, module)},
    ];
  }
  return [
    {path: `${dir}/warm.ts`, contents: typescriptWrapper},
    {path: `test/${name}-warm.test.ts`, contents: typescriptTest(dir)},
  ];
}

const typescriptWrapper = `import {handler as work} from './handler.ts';

/** A ping is answered at once: that the environment is there is all it is for. Everything else goes on to the handler. */
export async function handler(...request: Parameters<typeof work>): Promise<Awaited<ReturnType<typeof work>> | undefined> {
  const [event] = request as readonly [{readonly gear?: unknown}, ...unknown[]];
  return event.gear === 'keep-warm' ? undefined : work(...request);
}
`;

function typescriptTest(dir: string): string {
  return `import {expect, it, vi} from 'vitest';
import {handler} from '../${dir}/warm.ts';

vi.mock('../${dir}/handler.ts', () => ({handler: async () => 'worked'}));

it('answers a ping before the handler sees it, and hands on everything else', async () => {
  const call = handler as unknown as (event: object) => Promise<unknown>;
  expect(await call({gear: 'keep-warm'})).toBeUndefined();
  expect(await call({id: 'order-17'})).toBe('worked');
});
`;
}

function pythonWrapper(module: string): string {
  return `from typing import Any

from ${module}.handler import handler as work


def handler(event: dict[str, Any], context: Any) -> Any:
    """A ping is answered at once: that the environment is there is all it is for. Everything else goes on."""
    return None if event.get("gear") == "keep-warm" else work(event, context)
`;
}

function pythonTest(name: string, module: string): string {
  return `import importlib
import sys
import unittest
from types import SimpleNamespace
from unittest import mock


class ${name[0]!.toUpperCase()}${name.slice(1)}Warm(unittest.TestCase):
    def test_answers_a_ping_before_the_handler_sees_it_and_hands_on_everything_else(self) -> None:
        worker = SimpleNamespace(handler=lambda event, context: "worked")
        with mock.patch.dict(sys.modules, {"${module}.handler": worker}):
            warm = importlib.import_module("${module}.warm")
            self.assertIsNone(warm.handler({"gear": "keep-warm"}, None))
            self.assertEqual(warm.handler({"id": "order-17"}, None), "worked")
`;
}
