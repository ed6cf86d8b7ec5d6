import type {ConnectionFlags} from './connect.ts';

export interface TargetFlags extends ConnectionFlags {
  readonly stack?: string | undefined;
}

/** The flags that name a stack and its account, as they are typed: for a command that gear proposes. */
export function targetWords(flags: TargetFlags): readonly string[] {
  return [
    ...(['stack', 'dir', 'region', 'profile', 'endpoint-url'] as const).flatMap(name =>
      flags[name] === undefined ? [] : [`--${name} ${quoted(flags[name])}`],
    ),
    ...(flags.local ? ['--local'] : []),
  ];
}

/** As a shell takes it for one word. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
