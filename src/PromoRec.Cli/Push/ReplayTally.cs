using System.Runtime.InteropServices;
using PromoRec.Push;
using PromoRec.Push.Calendar;

namespace PromoRec.Cli.Push;

/// <summary>Counts what became of attempts under one policy.</summary>
/// <param name="customers">Says whose calendar days are meant.</param>
internal sealed class ReplayTally(PushDirectory customers)
{
    private readonly Dictionary<UserId, CustomerTally> _customers = [];
    private readonly SortedDictionary<PushReason, long> _drops = [];
    private readonly SortedDictionary<PushReason, long> _deferrals = [];
    private readonly SortedDictionary<string, long> _channels = new(StringComparer.Ordinal);

    public long SentAtOnce { get; private set; }

    public long SentLater { get; private set; }

    /// <summary>Attempts that went out as parts of digests; they are among those sent later.</summary>
    public long SentInDigests { get; private set; }

    /// <summary>Attempts that were dropped after they had been deferred.</summary>
    public long DroppedLater { get; private set; }

    public IReadOnlyDictionary<PushReason, long> Drops => _drops;

    /// <summary>How often something was deferred, by reason; one attempt may be deferred several times.</summary>
    public IReadOnlyDictionary<PushReason, long> Deferrals => _deferrals;

    /// <summary>Sends by channel; a digest is one.</summary>
    public IReadOnlyDictionary<string, long> Channels => _channels;

    /// <summary>The customers to whom something was sent.</summary>
    public IReadOnlyCollection<CustomerTally> Customers => _customers.Values;

    public void Sent(PushRequest request, DateTimeOffset at, bool wasDeferred)
    {
        SentAtOnce += wasDeferred ? 0 : 1;
        SentLater += wasDeferred ? 1 : 0;
        Message(request, at);
    }

    /// <summary>One message of several attempts, of which this is one.</summary>
    public void SentTogether(PushRequest request, DateTimeOffset at, int parts)
    {
        SentLater += parts;
        SentInDigests += parts;
        Message(request, at);
    }

    public void Deferred(PushReason reason) => _deferrals[reason] = _deferrals.GetValueOrDefault(reason) + 1;

    public void Dropped(PushReason reason, bool wasDeferred)
    {
        DroppedLater += wasDeferred ? 1 : 0;
        _drops[reason] = _drops.GetValueOrDefault(reason) + 1;
    }

    private void Message(PushRequest request, DateTimeOffset at)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_customers, request.UserId, out _).Add(DayOf(request.UserId, at));
        string channel = request.Channel.ToString();
        _channels[channel] = _channels.GetValueOrDefault(channel) + 1;
    }

    private int DayOf(UserId user, DateTimeOffset at)
    {
        PushCustomer? customer = customers.Find(user);
        bool isKnown = LocalCalendar.TryGet(customer?.DeviceZone, out LocalCalendar? calendar) || LocalCalendar.TryGet(customer?.ProfileZone, out calendar);
        return isKnown ? calendar!.DateAt(at).DayNumber : DateOnly.FromDateTime(at.UtcDateTime).DayNumber;
    }
}
