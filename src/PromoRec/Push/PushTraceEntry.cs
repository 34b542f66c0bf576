using System.Collections.Immutable;

namespace PromoRec.Push;

/// <summary>What one policy said in a decision.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Stage">The step it belongs to.</param>
/// <param name="PlannedAt">The instant it was asked about.</param>
/// <param name="Verdict">What it said, and what would turn that.</param>
/// <param name="Saw">The values it rests on, in the order in which it looked at them.</param>
public sealed record PushTraceEntry(string Policy, PushStage Stage, DateTimeOffset PlannedAt, PushVerdict Verdict, ImmutableArray<PushObservation> Saw);
