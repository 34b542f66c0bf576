using Microsoft.Extensions.Options;

namespace PromoRec.Push.PolicyFile;

/// <summary>One rule of a policy file while it is read: what it sets in the options of its policy, and where in the file each of that stands.</summary>
/// <param name="node">The rule in the file.</param>
internal sealed class RuleDraft<TOptions>(LocatedJson node)
    where TOptions : class, new()
{
    private readonly List<Action<TOptions>> _settings = [];
    private readonly Dictionary<string, LocatedJson> _places = new(StringComparer.Ordinal);

    public LocatedJson Node { get; } = node;

    /// <summary>Fresh options as the rule sets them.</summary>
    public TOptions Options
    {
        get
        {
            TOptions options = new();
            Configure(options);
            return options;
        }
    }

    /// <param name="property">The property of the options, with which a validator's fault begins, such as "Limit" or "Channels[sms].EveryDay".</param>
    /// <param name="where">Where it stands.</param>
    /// <param name="setting">Sets it.</param>
    public void Set(string property, LocatedJson where, Action<TOptions> setting)
    {
        _places[property] = where;
        _settings.Add(setting);
    }

    /// <summary>Where a property stands, or else the whole rule.</summary>
    public LocatedJson PlaceOf(string property) => _places.GetValueOrDefault(property, Node);

    /// <summary>Sets what the file says; what it does not say stays as it is.</summary>
    public void Configure(TOptions options)
    {
        foreach (Action<TOptions> setting in _settings)
        {
            setting(options);
        }
    }

    /// <summary>Asks the validator that checks these options everywhere, and puts each of its faults where the value stands.</summary>
    public void Validate(IValidateOptions<TOptions> validator, JsonFaults faults)
    {
        const string Prefix = "Property ";
        foreach (string failure in validator.Validate(null, Options).Failures ?? [])
        {
            string fault = (failure.StartsWith(Prefix, StringComparison.Ordinal) ? failure[Prefix.Length..] : failure).TrimEnd('.');
            string? property = _places.Keys.Where(key => fault.StartsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length);
            if (property is null)
            {
                faults.Add(Node, $"is refused: {OptionWords.Translate(fault)}");
            }
            else
            {
                faults.Add(_places[property], OptionWords.Translate(fault[property.Length..].TrimStart(':').Trim()));
            }
        }
    }
}
