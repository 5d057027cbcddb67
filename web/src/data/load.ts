import { ConnectionLost, headers, lost, refusal } from '../api/client';
import { cancel, follow, rows as fetchRows, type Statement } from '../api/statements';

export type Mode = 'create' | 'append' | 'replace';

/** How the file is to be read; what is missing the server finds out. */
export type Layout = { sheet?: string; header?: string; delimiter?: string; encoding?: string };

/** By the names that the columns have in the file. */
export type Plan = { table: string; mode: Mode; types: Record<string, string>; names: Record<string, string>; skip: string[]; layout: Layout };

/** A value as it would be, or one that does not fit its type as it stands in the file. */
export type Cell = string | null | { misfit: string };
export type ColumnPlan = { name: string; type: string; misfits: number; values: Cell[] };
export type FileFacts = { format: string; header?: number; delimiter?: string; encoding?: string; sheet: string | null; sheets: string[]; rejects: number; notes: string[] };
export type Dry = { columns: ColumnPlan[]; file: FileFacts };
export type Report = { id: string; table: string; rows: number; rejects: number; seconds: number; notes: string[] };

const SLICE = 4 << 20;
const LINES = /\.(csv|tsv|txt|ndjson|jsonl)$/i;
const PREVIEW_ROWS = 20;

export function planFor(file: File, schema: string): Plan {
  return { table: tableFor(file.name, schema), mode: 'create', types: {}, names: {}, skip: [], layout: {} };
}

/** What a dry run needs: the start of a file of lines, up to a line's end; other files whole. */
export async function sampleOf(file: File): Promise<Blob> {
  if (!LINES.test(file.name) || file.size <= SLICE) return file;
  const bytes = new Uint8Array(await file.slice(0, SLICE).arrayBuffer());
  const end = bytes.lastIndexOf(10);
  return file.slice(0, end > 0 ? end + 1 : SLICE);
}

function queryOf(name: string, plan: Plan, dryRun: boolean): URLSearchParams {
  const query = new URLSearchParams({ table: plan.table, name, mode: plan.mode, dry_run: String(dryRun), ...plan.layout });
  if (dryRun) query.set('preview_rows', String(PREVIEW_ROWS));
  for (const option of ['types', 'names'] as const) {
    if (Object.keys(plan[option]).length > 0) query.set(option, JSON.stringify(plan[option]));
  }
  if (plan.skip.length > 0) query.set('skip', JSON.stringify(plan.skip));
  return query;
}

/** Sends a file, which the browser streams from the disk; returns the statement to follow. Tells how much has gone out. */
export function upload(body: Blob, query: URLSearchParams, signal?: AbortSignal, onSent?: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/load?${query}`);
    for (const [header, value] of Object.entries(headers())) request.setRequestHeader(header, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => onSent?.(event.total ? event.loaded / event.total : 0);
    request.onerror = () => {
      lost();
      reject(new ConnectionLost('connection lost'));
    };
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.onload = () => {
      let answer: unknown;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = null;
      }
      if (request.status >= 400) reject(refusal(request.status, answer));
      else resolve((answer as Statement).statement_id);
    };
    request.send(body);
  });
}

/** How the file would be read: its columns, types and first rows. */
export async function preview(file: File, plan: Plan, signal: AbortSignal): Promise<Dry> {
  const id = await upload(await sampleOf(file), queryOf(file.name, plan, true), signal);
  const status = await follow(id, signal);
  if (status.error) throw refusal(400, status);
  const found = (await fetchRows(id, 0, 10_000, signal)).rows as [string, string, string, number, string, string | null][];
  return {
    columns: found.map(([name, type, , misfits, values]) => ({ name, type, misfits: Number(misfits), values: JSON.parse(values) as Cell[] })),
    file: JSON.parse(found[0]?.[5] ?? '{"format":"csv","sheet":null,"sheets":[],"rejects":0,"notes":[]}') as FileFacts,
  };
}

/** Loads a file to its end. Aborted, it leaves nothing: neither a table nor the file on the server. */
export async function load(file: File, plan: Plan, signal: AbortSignal, onSent: (share: number) => void, onStarted: (id: string) => void): Promise<Report> {
  const id = await upload(file, queryOf(file.name, plan, false), signal, onSent);
  onStarted(id);
  const stop = () => void cancel(id).catch(() => undefined);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const status = await follow(id);
  if (status.state === 'CANCELLED' || status.error?.code === 'CANCELLED') throw new DOMException('cancelled', 'AbortError');
  if (status.error) throw refusal(400, status);
  const row = (await fetchRows(id, 0, 1)).rows?.[0] as unknown[];
  const names = (status.schema ?? []).map((column) => column.name);
  const value = (name: string) => row[names.indexOf(name)];
  return {
    id,
    table: String(value('table')),
    rows: Number(value('rows')),
    rejects: Number(value('rejects')),
    seconds: Number(value('seconds')),
    notes: String(value('note') ?? '').split('; ').filter(Boolean),
  };
}

/** `lake.default.ventes_2025` for `Ventes 2025.xlsx`. */
export function tableFor(fileName: string, schema: string): string {
  const base = fileName.replace(/\.[^.]*$/, '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const name = base.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'table';
  return `${schema}.${/^[0-9]/.test(name) ? `t_${name}` : name}`;
}

export const TYPES = ['VARCHAR', 'BIGINT', 'DECIMAL(18,2)', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'TIME'];
