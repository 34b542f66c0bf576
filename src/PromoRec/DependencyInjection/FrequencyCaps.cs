using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using PromoRec.Push.FrequencyCap;

namespace PromoRec.DependencyInjection;

/// <summary>The policies of all frequency caps: they are made together, because some override others.</summary>
internal sealed class FrequencyCaps(IEnumerable<FrequencyCapName> names, IOptionsMonitor<FrequencyCapOptions> options)
{
    private readonly ImmutableArray<FrequencyCapPolicy> _policies = FrequencyCapPolicy.Create(names.Select(name => options.Get(name.Name)));

    public FrequencyCapPolicy this[int index] => _policies[index];
}
