namespace PromoRec.Testing.Simulation;

/// <summary>Where a simulated push reaches a customer.</summary>
public enum SimulatedChannel
{
    /// <summary>A notification of the shop's app.</summary>
    App = 0,

    /// <summary>An e-mail.</summary>
    Email = 1,

    /// <summary>A text message.</summary>
    Sms = 2,
}
