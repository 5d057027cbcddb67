import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useColumns, useFunctions, useTree } from '../api/catalog';
import { dialect, extraSource, namespace } from './completion';
import type { Place } from './errorPlace';
import { statementAt, type Piece } from './statementText';

export type EditorHandle = {
  /** The selection, or the statement of the cursor. */
  chosen: () => Piece | undefined;
  insert: (text: string) => void;
  replace: (place: Place, text: string) => void;
};

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'var(--paper)', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: "'JetBrains Mono', ui-monospace, monospace", lineHeight: '1.6', fontVariantLigatures: 'none' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--tide)' },
  '.cm-cursor': { borderLeftColor: 'var(--tide)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--muted)', border: 'none', paddingLeft: '12px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'var(--tideSoft)' },
  '.cm-placeholder': { color: 'var(--muted)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--tideSoft) !important', outline: 'none' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', border: '1px solid var(--line)', borderRadius: '6px', boxShadow: '0 6px 24px rgb(0 0 0 / 14%)', overflow: 'hidden' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '240px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px !important', fontSize: '13px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--tideSoft) !important', color: 'var(--ink) !important' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionInfo': { padding: '8px 10px', fontSize: '13px', maxWidth: '320px' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--rust)', textUnderlineOffset: '3px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--rust)', padding: '6px 10px' },
  '.cm-panels': { backgroundColor: 'var(--sand)', color: 'var(--ink)', borderColor: 'var(--line)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--tide)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--kelp)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--amber)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--muted)' },
  { tag: tags.typeName, color: 'var(--muted)' },
]);

const CHOSEN_AFTER = 120;

/** The selection, or the statement of the cursor. */
function chosenIn(state: EditorState): Piece | undefined {
  const { from, to, empty, head } = state.selection.main;
  const text = state.sliceDoc(from, to);
  if (!empty && text.trim()) return { from, to, text };
  return statementAt(state.doc.toString(), head);
}

export function Editor(props: {
  ref: Ref<EditorHandle>;
  text: string;
  error: (Place & { message: string }) | null;
  onChange: (text: string) => void;
  onRun: () => void;
  onRunAll?: () => void;
  /** Told what would be run, a moment after the text or the cursor has changed. */
  onChosen?: (piece: Piece | undefined) => void;
}) {
  const { t, i18n } = useTranslation();
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const language = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let settled: ReturnType<typeof setTimeout> | undefined;
    const choose = (state: EditorState) => {
      clearTimeout(settled);
      settled = setTimeout(() => latest.current.onChosen?.(chosenIn(state)), CHOSEN_AFTER);
    };
    const created = new EditorView({
      parent: parent.current!,
      state: EditorState.create({
        doc: latest.current.text,
        selection: { anchor: latest.current.text.length },
        extensions: [
          lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
          syntaxHighlighting(colours), look, EditorView.lineWrapping, placeholder(t('sql:placeholder')),
          EditorView.contentAttributes.of({ 'aria-label': t('sql:editor'), 'aria-description': t('queries:leave') }),
          language.current.of(sql({ dialect, upperCaseKeywords: true })),
          autocompletion({ icons: false }),
          Prec.highest(
            keymap.of([
              { key: 'Mod-Shift-Enter', run: () => (latest.current.onRunAll?.(), true) },
              { key: 'Mod-Enter', run: () => (latest.current.onRun(), true) },
            ]),
          ),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) choose(update.state);
          }),
        ],
      }),
    });
    view.current = created;
    created.focus();
    choose(created.state);
    return () => {
      clearTimeout(settled);
      created.destroy();
    };
  }, [t]);

  const tree = useTree().data;
  const columns = useColumns().data;
  const functions = useFunctions().data;
  useEffect(() => {
    if (!tree) return;
    const lang = sql({ dialect, upperCaseKeywords: true, schema: namespace(tree, columns ?? []) });
    const extra = dialect.language.data.of({ autocomplete: extraSource(tree, columns ?? [], functions ?? [], i18n.t) });
    view.current?.dispatch({ effects: language.current.reconfigure([lang, extra]) });
  }, [tree, columns, functions, i18n.t, t]);

  const { error } = props;
  useEffect(() => {
    const now = view.current;
    if (!now) return;
    const end = now.state.doc.length;
    const marks = error && error.to <= end ? [{ from: error.from, to: error.to, severity: 'error' as const, message: error.message }] : [];
    now.dispatch(setDiagnostics(now.state, marks));
  }, [error, t]);

  useImperativeHandle(props.ref, () => ({
    chosen: () => chosenIn(view.current!.state),
    insert: (text) => {
      const now = view.current!;
      now.dispatch(now.state.replaceSelection(text));
      now.focus();
    },
    replace: (place, text) => {
      const now = view.current!;
      now.dispatch({ changes: { ...place, insert: text }, selection: { anchor: place.from + text.length } });
      now.focus();
    },
  }));

  return <div ref={parent} style={{ height: '100%', minHeight: 0 }} />;
}
