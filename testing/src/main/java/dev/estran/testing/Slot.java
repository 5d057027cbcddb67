package dev.estran.testing;

import java.util.List;

/**
 * One thing that the prompt asks about.
 *
 * @param id number or name under which the prompt gives it, else its position from 1
 * @param text what is asked about, for answers that have to be made up
 * @param known numbers of the known texts in it, the likeliest first
 * @param at position in the canonical prompt, -1 where unknown
 */
record Slot(String id, String text, List<Integer> known, int at) {}
