import { ConnectionLost, headers, lost, refusal } from '../api/client';
import type { Statement } from '../api/statements';

export type Mode = 'create' | 'append' | 'replace';
export type Plan = { table: string; mode: Mode; types: Record<string, string> };
export type ColumnPlan = { name: string; type: string; values: (string | null)[] };
export type Report = { table: string; rows: number; rejects: number; seconds: number; notes: string[] };

const SLICE = 4 << 20;
const LINES = /\.(csv|tsv|txt|ndjson|jsonl)$/i;

/** What a dry run needs: the start of a file of lines, up to a line's end; other files whole. */
export async function sampleOf(file: File): Promise<Blob> {
  if (!LINES.test(file.name) || file.size <= SLICE) return file;
  const bytes = new Uint8Array(await file.slice(0, SLICE).arrayBuffer());
  const end = bytes.lastIndexOf(10);
  return file.slice(0, end > 0 ? end + 1 : SLICE);
}

/** Sends a file; returns the statement to follow. Tells how much has gone out. */
export function upload(body: Blob, name: string, plan: Plan, dryRun: boolean, onSent?: (share: number) => void): Promise<string> {
  const types = Object.entries(plan.types).map(([column, type]) => `${column}=${type}`).join(';');
  const query = new URLSearchParams({ table: plan.table, name, mode: plan.mode, dry_run: String(dryRun), ...(types ? { types } : {}) });
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

/** `lake.default.ventes_2025` for `Ventes 2025.xlsx`. */
export function tableFor(fileName: string, schema: string): string {
  const base = fileName.replace(/\.[^.]*$/, '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const name = base.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'table';
  return `${schema}.${/^[0-9]/.test(name) ? `t_${name}` : name}`;
}

export const TYPES = ['VARCHAR', 'BIGINT', 'DECIMAL(18,2)', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'TIME'];
