/** Chat completions of OpenAI and of every server that speaks its protocol. */
@org.jspecify.annotations.NullMarked
package dev.estran.model.provider.openai;
