import { rows, type Column, type Row, type Statement } from '../api/statements';
import { csvLine, textOf } from './values';

const PAGE = 10_000;

/** Saves all rows of a result as a file. With a mark at the start, by which spreadsheets know UTF-8. */
export async function exportCsv(statement: Statement, onProgress: (share: number) => void): Promise<void> {
  const columns = (statement.schema ?? []) as Column[];
  const total = statement.total ?? 0;
  const parts: string[] = ['\ufeff', csvLine(columns.map((column) => column.name))];
  for (let offset = 0; offset < total; offset += PAGE) {
    const page = (await rows(statement.statement_id, offset, PAGE)).rows as Row[];
    parts.push(page.map((row) => csvLine(row.map((value, at) => textOf(value, columns[at]!.type)))).join(''));
    onProgress(Math.min(1, (offset + PAGE) / total));
  }
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${statement.statement_id}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
