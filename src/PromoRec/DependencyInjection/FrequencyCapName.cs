namespace PromoRec.DependencyInjection;

/// <summary>Under which name the options of a frequency cap are kept.</summary>
internal sealed record FrequencyCapName(string Name);
