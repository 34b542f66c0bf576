namespace PromoRec.Consent;

/// <summary>How wide the statement reaches that decides.</summary>
internal enum ConsentLevel
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Every channel and topic.</summary>
    Everything = 1,

    /// <summary>Every topic of one channel.</summary>
    Channel = 2,

    /// <summary>One topic and those below it, on one channel or on all.</summary>
    Topic = 3,
}
