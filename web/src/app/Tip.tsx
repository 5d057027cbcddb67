import { cloneElement, useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import classes from './tip.module.css';

const ID = 'tip';
const OPEN_MILLIS = 400;
const CLOSE_MILLIS = 120;
const GAP = 6;
const EDGE = 8;

/** A few words beside what one points at or goes to by keyboard; lines by `\n`. */
export function Tip({ label, children }: { label: string; children: ReactElement<{ 'data-tip'?: string }> }) {
  return cloneElement(children, { 'data-tip': label });
}

/** Shows the tip of whatever has one; a single place, since there is never more than one. */
export function Tips() {
  const [anchor, setAnchor] = useState<Element | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const later = (next: Element | null, millis: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => setAnchor(next), millis);
    };
    const over = ({ target, pointerType }: PointerEvent) => {
      if (pointerType === 'touch' || !(target instanceof Element)) return;
      // One may read it and mark its words with the pointer.
      if (target.closest(`#${ID}`)) return clearTimeout(timer);
      const next = target.closest('[data-tip]');
      later(next, next ? OPEN_MILLIS : CLOSE_MILLIS);
    };
    const focus = ({ target }: FocusEvent) => {
      const next = target instanceof Element && target.matches(':focus-visible') ? target.closest('[data-tip]') : null;
      if (next) later(next, OPEN_MILLIS);
    };
    const hide = () => later(null, 0);
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    const listening = new AbortController();
    const on = { capture: true, signal: listening.signal };
    document.addEventListener('pointerover', over, on);
    document.addEventListener('focusin', focus, on);
    document.addEventListener('keydown', key, on);
    for (const name of ['focusout', 'pointerdown', 'scroll']) document.addEventListener(name, hide, on);
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);
  const text = anchor?.isConnected ? anchor.getAttribute('data-tip') : null;
  return anchor && text ? createPortal(<Words key={text} anchor={anchor} text={text} />, document.body) : null;
}

function Words({ anchor, text }: { anchor: Element; text: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const own = box.current!;
    const at = anchor.getBoundingClientRect();
    const { width, height } = own.getBoundingClientRect();
    const above = at.top - height - GAP;
    own.style.top = `${above >= EDGE ? above : at.bottom + GAP}px`;
    own.style.left = `${Math.max(EDGE, Math.min(window.innerWidth - width - EDGE, at.left + (at.width - width) / 2))}px`;
    // What is its name already is not said twice.
    if (anchor.getAttribute('aria-label') === text) return;
    anchor.setAttribute('aria-describedby', ID);
    return () => anchor.removeAttribute('aria-describedby');
  }, [anchor, text]);
  return <div ref={box} id={ID} role="tooltip" className={classes.tip}>{text}</div>;
}
