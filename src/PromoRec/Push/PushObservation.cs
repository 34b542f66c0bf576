namespace PromoRec.Push;

/// <summary>A value that a policy's verdict rests on: a number, an instant or a text.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Number">The number, if it is one.</param>
/// <param name="Instant">The instant, if it is one.</param>
/// <param name="Text">The text, if it is one.</param>
public readonly record struct PushObservation(string Name, decimal? Number, DateTimeOffset? Instant, string? Text);
