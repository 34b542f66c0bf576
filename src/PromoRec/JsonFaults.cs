using System.Globalization;
using System.Text;

namespace PromoRec;

/// <summary>Collects everything that is wrong with a file of settings, so that it is repaired once and not fault by fault.</summary>
internal sealed class JsonFaults(string fileName)
{
    private readonly List<string> _faults = [];

    public int Count => _faults.Count;

    public IReadOnlyList<string> All => _faults;

    /// <param name="where">The value at fault.</param>
    /// <param name="fault">What is wrong with it, what is allowed, and the remedy; goes on after the value's path.</param>
    public void Add(LocatedJson where, string fault) => Add(where.Line, where.Path, fault);

    public void Add(int line, string path, string fault) => _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{fileName}:{line}: {path} {fault}."));

    /// <param name="what">What the file holds, such as "jurisdiction pack".</param>
    public void ThrowIfAny(string what)
    {
        if (Count == 0)
        {
            return;
        }

        StringBuilder message = new();
        message.Append(CultureInfo.InvariantCulture, $"The {what} has {(Count == 1 ? "a fault" : $"{Count} faults")}:");
        foreach (string fault in _faults)
        {
            message.Append("\n- ").Append(fault);
        }

        throw new PromoRecException(PromoRecErrorCode.InvalidPolicy, message.ToString());
    }
}
