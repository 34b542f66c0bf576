using PromoRec.Models;

namespace PromoRec.Scoring;

/// <summary>What explaining models of factors needs, worked out once for each model, however often the catalog changes. For one thread at a time, as whoever publishes has a lock.</summary>
internal sealed class FactorInsights
{
    private readonly List<FactorInsight> _known = [];

    /// <summary>Works it out where that was not done yet.</summary>
    public FactorInsight Of(FactorModel model)
    {
        if (_known.Find(insight => ReferenceEquals(insight.Model, model)) is not { } known)
        {
            known = FactorInsight.Of(model);
            _known.Add(known);
        }

        return known;
    }
}
