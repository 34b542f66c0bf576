using System.Globalization;

namespace PromoRec.Training;

/// <summary>Collects what is wrong with options, so that all of it can be said at once.</summary>
internal sealed class OptionFaults
{
    private readonly List<string> _faults = [];

    /// <summary>Notes a fault unless the condition holds.</summary>
    /// <param name="holds">Whether the option is in range.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="allowed">What it may be.</param>
    public void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value ?? "null"}"));
        }
    }

    /// <exception cref="ArgumentException">There are faults.</exception>
    public void ThrowIfAny(string family)
    {
        if (_faults.Count > 0)
        {
            throw new ArgumentException($"These options of {family} are out of range: {string.Join("; ", _faults)}.");
        }
    }
}
