/** The keys of the SQL page, with the message that says what they do. */
export const shortcuts: { keys: string[]; message: string }[] = [
  { keys: ['Mod', 'Enter'], message: 'queries:keys.run' },
  { keys: ['Mod', 'Shift', 'Enter'], message: 'queries:keys.runAll' },
  { keys: ['Mod', 'S'], message: 'queries:keys.save' },
  { keys: ['Alt', 'N'], message: 'queries:keys.newTab' },
  { keys: ['Alt', 'W'], message: 'queries:keys.closeTab' },
  { keys: ['Mod', '/'], message: 'queries:keys.comment' },
  { keys: ['Ctrl', 'Space'], message: 'queries:keys.complete' },
  { keys: ['Esc'], message: 'queries:keys.leaveCompletion' },
  { keys: ['Esc', 'Tab'], message: 'queries:keys.leaveEditor' },
];
