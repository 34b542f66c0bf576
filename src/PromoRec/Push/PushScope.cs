namespace PromoRec.Push;

/// <summary>What a cap or gap is counted by. Values can be combined: channel and category together count each category on each channel on its own.</summary>
[Flags]
public enum PushScope
{
    /// <summary>All of a customer's pushes together.</summary>
    Global = 0,

    /// <summary>Each channel on its own.</summary>
    Channel = 1 << 0,

    /// <summary>Each category on its own; pushes without a category are left alone.</summary>
    Category = 1 << 1,

    /// <summary>Each campaign on its own; pushes without a campaign are left alone.</summary>
    Campaign = 1 << 2,

    /// <summary>Each offer on its own.</summary>
    Offer = 1 << 3,

    /// <summary>Each value of one of the host's own keys, see <see cref="PushRequest.Keys"/>, on its own; pushes without that key are left alone.</summary>
    Key = 1 << 4,
}
