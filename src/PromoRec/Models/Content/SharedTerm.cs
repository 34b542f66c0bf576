namespace PromoRec.Models.Content;

/// <summary>What a term adds to a similarity or a score.</summary>
/// <param name="Field">Where the term comes from.</param>
/// <param name="Term">The term, the category, brand or tag; the name of the number; empty for the embedding, which counts as one.</param>
/// <param name="Contribution">The part of the similarity or score that rests on it; may be below zero.</param>
public readonly record struct SharedTerm(ContentField Field, string Term, double Contribution);
