using System.Text.Json;
using PromoRec.Push.Calendar;

namespace PromoRec.Push.PolicyFile;

/// <summary>What every section of a policy file is read with.</summary>
internal sealed class FileContext(JsonFaults faults)
{
    private static readonly ChannelId[] OwnChannels = [ChannelId.AppPush, ChannelId.Email, ChannelId.Sms, ChannelId.WeChat, ChannelId.InApp];

    private readonly HashSet<ChannelId> _channels = [.. OwnChannels];

    public JsonFaults Faults { get; } = faults;

    public JsonValues Values { get; } = new(faults);

    /// <summary>Doubts: nothing that keeps the file from being used.</summary>
    public JsonFaults Doubts { get; } = new(string.Empty);

    /// <summary>The channels of the host, in the file's order.</summary>
    public List<ChannelId> HostChannels { get; } = [];

    /// <summary>Makes a channel of the host known.</summary>
    public void AddHostChannel(LocatedJson item, ChannelId channel)
    {
        if (_channels.Add(channel))
        {
            HostChannels.Add(channel);
        }
        else
        {
            Faults.Add(item, $"is '{channel}', which {(OwnChannels.Contains(channel) ? "PromoRec knows already" : "is there twice")}; leave it out");
        }
    }

    /// <summary>A list of channels, of which those that are not known are faults.</summary>
    public List<ChannelId> Channels(LocatedJson value)
    {
        List<LocatedJson> items = Values.Items(value, "a list of channels such as [\"email\", \"sms\"]");
        RefuseEmpty(value, "leave it out for all channels");
        return [.. items.Select(Channel).OfType<ChannelId>()];
    }

    /// <summary>A channel that is known, or null.</summary>
    public ChannelId? Channel(LocatedJson item)
    {
        if (item.Kind != JsonValueKind.String)
        {
            Faults.Add(item, $"is {item.Description}, but must be the name of a channel");
            return null;
        }

        return Channel(item.Text) ?? Refuse(item);
    }

    /// <summary>A channel that is known, or null.</summary>
    public ChannelId? Channel(string name) => ChannelId.TryParse(name, out ChannelId channel) && _channels.Contains(channel) ? channel : null;

    /// <summary>What is wrong with the name of a channel that is not known; goes on after its place.</summary>
    public string UnknownChannel(string name)
    {
        string[] names = [.. _channels.Select(channel => channel.ToString()).Order(StringComparer.Ordinal)];
        string remedy = NearestName.Of(name, names) is { } nearest ? $"did you mean '{nearest}'? A channel of your own goes into \"channels\"" : "add a channel of your own to \"channels\"";
        return $"names the channel '{LocatedJson.Excerpt(name)}', which is not known; known are {string.Join(", ", names)}; {remedy}";
    }

    /// <summary>An empty list says nothing, and could be taken for the opposite.</summary>
    public void RefuseEmpty(LocatedJson value, string remedy)
    {
        if (value is { Kind: JsonValueKind.Array, Items.Count: 0 })
        {
            Faults.Add(value, $"is empty; {remedy}");
        }
    }

    /// <summary>A member that a rule cannot do without.</summary>
    public void Need(LocatedJson node, string name, string what)
    {
        if (node.Kind == JsonValueKind.Object && !node.Members.Exists(member => member.Key == name))
        {
            Faults.Add(node, $"lacks '{name}', {what}");
        }
    }

    /// <summary>A member that could not be read has its fault already; one that nobody reads gets one.</summary>
    public void UnknownUnless(string name, LocatedJson member, string[] names)
    {
        if (!names.Contains(name))
        {
            Values.Unknown(name, member, names);
        }
    }

    /// <summary>A time zone that this machine knows, or null.</summary>
    public string? Zone(LocatedJson member)
    {
        if (Values.Text(member, "a time zone such as \"Europe/Berlin\"") is not { } name)
        {
            return null;
        }

        if (LocalCalendar.TryGet(name, out _))
        {
            return name;
        }

        string hint = NearestName.Hint(name, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id));
        string remedy = hint.Length > 0 ? hint : "; correct the name, or install the time zone data (Debian: tzdata)";
        Faults.Add(member, $"is {member.Description}, but this machine knows no such time zone; names are those of IANA, such as \"Europe/Berlin\", in that spelling{remedy}");
        return null;
    }

    private ChannelId? Refuse(LocatedJson item)
    {
        Faults.Add(item, UnknownChannel(item.Text));
        return null;
    }
}
