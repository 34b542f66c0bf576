using System.Globalization;
using System.Text;

namespace PromoRec;

/// <summary>Collects everything that is wrong with a file of settings, so that it is repaired once and not fault by fault.</summary>
internal sealed class JsonFaults(string fileName)
{
    private readonly List<JsonFault> _faults = [];

    public int Count => _faults.Count;

    /// <summary>The faults in the order of the file.</summary>
    public IReadOnlyList<JsonFault> Sorted => [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    /// <summary>One sentence for each fault, with the place in the file.</summary>
    public IReadOnlyList<string> All => [.. Sorted.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fileName}:{fault.Line}:{fault.Column}: {fault.Path} {fault.Sentence}"))];

    /// <param name="where">The value at fault.</param>
    /// <param name="fault">What is wrong with it, what is allowed, and the remedy; goes on after the value's path.</param>
    public void Add(LocatedJson where, string fault) => Add(where.Line, where.Column, where.Path, fault);

    /// <summary>The same, for a member whose name is at fault.</summary>
    public void AddName(LocatedJson member, string fault) => Add(member.NameLine, member.NameColumn, member.Path, fault);

    public void Add(int line, int column, string path, string fault) => _faults.Add(new JsonFault(line, column, path, fault));

    /// <summary>Whether something is wrong with a value or with anything inside of it.</summary>
    public bool IsFaulty(LocatedJson value) => _faults.Exists(fault =>
        fault.Path.StartsWith(value.Path, StringComparison.Ordinal) && (fault.Path.Length == value.Path.Length || fault.Path[value.Path.Length] is '.' or '['));

    /// <param name="what">What the file holds, such as "jurisdiction pack".</param>
    public void ThrowIfAny(string what)
    {
        if (Count == 0)
        {
            return;
        }

        StringBuilder message = new();
        message.Append(CultureInfo.InvariantCulture, $"The {what} has {(Count == 1 ? "a fault" : $"{Count} faults")}:");
        foreach (string fault in All)
        {
            message.Append("\n- ").Append(fault);
        }

        throw new PromoRecException(PromoRecErrorCode.InvalidPolicy, message.ToString());
    }
}
