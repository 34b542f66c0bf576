namespace PromoRec.Datasets;

/// <summary>What becomes of several events of one customer with one item.</summary>
public enum ValueAggregation
{
    /// <summary>Their weighted, decayed values are added.</summary>
    Sum,

    /// <summary>The largest weighted, decayed value counts.</summary>
    Max,

    /// <summary>The weighted, decayed value of the latest event counts; of several at the same time, the largest. Events of unknown time come first.</summary>
    Latest,
}
