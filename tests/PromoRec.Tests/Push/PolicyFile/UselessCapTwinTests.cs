namespace PromoRec.Tests.Push.PolicyFile;

/// <summary>A cap that is called useless beside another is tried on random sends: whatever the other lets pass, it lets pass, too.</summary>
public sealed class UselessCapTwinTests
{
    private static readonly string[] Windows = ["1h", "6h", "24h", "25h", "3d", "7d", "day", "week", "month", "lifetime"];
    private static readonly string[] Channels = ["email", "sms"];

    [Fact]
    public void Beside_the_stricter_cap_it_never_decides()
    {
        Random random = new(8);
        int useless = 0;
        int useful = 0;
        for (int round = 0; round < 400; round++)
        {
            TwinCap[] caps = [RandomCap("a", random), RandomCap("b", random)];
            string[] doubts = [.. PolicyFiles.DoubtsOf($"'caps': [{caps[0].Json}, {caps[1].Json}]")];
            if (doubts.Length == 1)
            {
                int index = doubts[0] == "caps[0]" ? 0 : 1;
                Assert.Null(FindDecision(caps[index], caps[1 - index], random));
                useless++;
            }
            else
            {
                useful++;
            }
        }

        // Both happen often enough to mean something.
        Assert.InRange(useless, 50, 350);
        Assert.InRange(useful, 50, 350);
    }

    /// <summary>A send that the other cap lets pass and this one does not.</summary>
    private static DateTime? FindDecision(TwinCap cap, TwinCap other, Random random)
    {
        List<(DateTime At, string Channel)> sends = [];
        DateTime at = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < 300; i++)
        {
            at = at.AddMinutes(random.Next(1, random.Next(2) == 0 ? 60 : 3000));
            string channel = Channels[random.Next(2)];
            if (other.Allows(sends, at, channel))
            {
                if (!cap.Allows(sends, at, channel))
                {
                    return at;
                }

                sends.Add((at, channel));
            }
        }

        return null;
    }

    private static TwinCap RandomCap(string name, Random random) => new(
        name, random.Next(1, random.Next(3) == 0 ? 60 : 4), Windows[random.Next(Windows.Length)], random.Next(2) == 0, random.Next(4) == 0 ? Channels[random.Next(2)] : null);

    /// <summary>A cap in plain words: limit, window, whether by channel, and the channel that it is about.</summary>
    private sealed record TwinCap(string Name, int Limit, string Window, bool ByChannel, string? Channel)
    {
        public string Json =>
            $"{{ 'name': '{Name}', 'limit': {Limit}, 'window': '{Window}'{(ByChannel ? ", 'by': ['channel']" : "")}{(Channel is null ? "" : $", 'appliesTo': {{ 'channels': ['{Channel}'] }}")} }}";

        public bool Allows(List<(DateTime At, string Channel)> sends, DateTime at, string channel) =>
            (Channel is not null && Channel != channel) || sends.Count(send => IsInWindow(send.At, at) && (!ByChannel || send.Channel == channel)) < Limit;

        private bool IsInWindow(DateTime sent, DateTime at) => Window switch
        {
            "day" => sent.Date == at.Date,
            "week" => Monday(sent) == Monday(at),
            "month" => (sent.Year, sent.Month) == (at.Year, at.Month),
            "lifetime" => true,
            _ => DurationText.TryParse(Window, out TimeSpan length) && at - length < sent,
        };

        private static DateTime Monday(DateTime at) => at.Date.AddDays(-(((int)at.DayOfWeek + 6) % 7));
    }
}
