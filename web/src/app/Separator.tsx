import { useEffect, useRef } from 'react';
import classes from './panel.module.css';

const STEP = 16;

export type PanelLimits = { min: number; max: number; initial: number };

/**
 * The edge between two panels: dragged with the mouse, moved with the arrow keys (Home and End go to the limits), set back
 * by a double click or Enter. `size` is that of the panel before it, in pixels or per cent, whatever the limits are in.
 */
export function Separator(props: {
  label: string;
  controls: string;
  orientation: 'vertical' | 'horizontal';
  size: number;
  limits: PanelLimits;
  /** Pixels for one unit of the size, at the moment of the move. */
  scale?: () => number;
  onSize: (size: number) => void;
}) {
  const { size, limits, orientation } = props;
  const upright = orientation === 'vertical';
  const drag = useRef<{ at: number; size: number; scale: number } | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const set = (wanted: number) => props.onSize(Math.round(Math.min(limits.max, Math.max(limits.min, wanted)) * 10) / 10);
  const scale = () => props.scale?.() ?? 1;
  const keys = (event: React.KeyboardEvent) => {
    const step = STEP / scale();
    const moves: Record<string, number> = {
      [upright ? 'ArrowLeft' : 'ArrowUp']: size - step,
      [upright ? 'ArrowRight' : 'ArrowDown']: size + step,
      Home: limits.min,
      End: limits.max,
      Enter: limits.initial,
    };
    const wanted = moves[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    set(wanted);
  };
  const press = (event: React.PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    const place = (moved: PointerEvent) => (upright ? moved.clientX : moved.clientY);
    drag.current = { at: place(event.nativeEvent), size, scale: scale() };
    const move = (moved: PointerEvent) => {
      const from = drag.current;
      if (from) set(from.size + (place(moved) - from.at) / from.scale);
    };
    const end = () => {
      drag.current = null;
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      document.body.style.removeProperty('cursor');
      document.body.style.removeProperty('user-select');
    };
    stop.current = end;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    document.body.style.cursor = upright ? 'col-resize' : 'row-resize';
    document.body.style.userSelect = 'none';
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      className={classes.separator}
      data-orientation={orientation}
      aria-orientation={orientation}
      aria-label={props.label}
      aria-controls={props.controls}
      aria-valuenow={Math.round(size)}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      onKeyDown={keys}
      onPointerDown={press}
      onDoubleClick={() => set(limits.initial)}
    />
  );
}
