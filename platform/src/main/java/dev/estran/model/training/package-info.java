/**
 * Text classifiers trained on the user's own rows: training, the held-out report, storage as ONNX with tokenizer and
 * vocabulary, and running them. Training libraries and native code load on first use only.
 */
@org.jspecify.annotations.NullMarked
package dev.estran.model.training;
