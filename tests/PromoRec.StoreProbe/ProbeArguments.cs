using System.Globalization;

namespace PromoRec.StoreProbe;

/// <summary>The numbers on the command line, each as name=value.</summary>
public sealed class ProbeArguments
{
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);

    public ProbeArguments(ReadOnlySpan<string> arguments)
    {
        foreach (string argument in arguments)
        {
            string[] parts = argument.Split('=', 2);
            _values.Add(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }

    public int Get(string name, int unlessGiven) => _values.GetValueOrDefault(name, unlessGiven);
}
