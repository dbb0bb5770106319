/**
 * What determines a run: captured facet by facet, put into a form that has one text, digested and compared.
 *
 * <p><b>In the room.</b> {@link dev.stet.fingerprint.CanonicalForm} gives a value exactly one text and so one digest.
 * {@link dev.stet.fingerprint.ConfigReader} reads the config of an experiment and hands it to the body as
 * {@link dev.stet.fingerprint.CapturedConfig}. {@link dev.stet.fingerprint.Fingerprint} holds a tree for each
 * {@link dev.stet.fingerprint.Facet}, and {@link dev.stet.fingerprint.FingerprintDiff} says what changed between two.
 * What could not be captured is a {@link dev.stet.fingerprint.NotCaptured} with its reason, never silence and never a
 * digest of nothing.
 *
 * <p><b>What may depend on what.</b> This package works on bare values and sees no other package of Stet's but the
 * seeds; the front door, the ledger and the baselines build on it. JSON libraries stay behind it: none of their types
 * appears in a signature.
 *
 * <p><b>What is stable.</b> The canonical form, every digest and the JSON of a fingerprint, as
 * {@code docs/fingerprint.md} specifies them. Which values a facet holds may grow from version to version; a diff then
 * names what was added. The words of messages, pages and diffs may change.
 */
@NullMarked
package dev.stet.fingerprint;

import org.jspecify.annotations.NullMarked;
