/** Whether SQLite says that a file is none of its databases, or no whole one. https://sqlite.org/rescode.html */
export function isDamagedDatabase(error: unknown): boolean {
  const {code, errcode} = error as {code?: unknown; errcode?: number};
  return code === 'ERR_SQLITE_ERROR' && [corrupt, notDatabase].includes((errcode ?? 0) & 0xff);
}

const corrupt = 11;
const notDatabase = 26;
