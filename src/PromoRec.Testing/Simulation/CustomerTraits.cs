namespace PromoRec.Testing.Simulation;

/// <summary>What is fixed about one customer. Times are milliseconds since the start.</summary>
internal struct CustomerTraits
{
    public double SessionsPerDay;
    public long JoinsAt;
    public long ChurnsAt;
    public float Activity;
    public float Loyalty;
    public float PriceSensitivity;
    public float Responsiveness;
    public float OptOutTendency;
    public float App;
    public float Email;
    public float Sms;
    public byte Zone;
    public byte Profile;
    public byte ConsentMask;
    public bool IsMember;
    public bool IsVip;
    public bool IsNew;

    public readonly float ChannelTaste(SimulatedChannel channel) => channel switch
    {
        SimulatedChannel.App => App,
        SimulatedChannel.Email => Email,
        _ => Sms,
    };

    public readonly bool Consents(SimulatedChannel channel) => (ConsentMask & (1 << (int)channel)) != 0;

    public readonly bool IsIn(string segment) => segment switch
    {
        "member" => IsMember,
        "vip" => IsVip,
        "new" => IsNew,
        _ => false,
    };
}
