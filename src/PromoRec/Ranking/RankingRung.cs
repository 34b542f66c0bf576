using PromoRec.Models;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Something that may rank offers alone.</summary>
/// <param name="Scorer">Scores them.</param>
/// <param name="Name">What it is called where a ranking is explained: a member's name, the family of a single model, or "popularity" and "rules" for what every model falls back on.</param>
/// <param name="Model">The model that it scores by, and that explains it; null for what falls back.</param>
internal readonly record struct RankingRung(OfferScorer Scorer, string Name, RecommendationModel? Model);
