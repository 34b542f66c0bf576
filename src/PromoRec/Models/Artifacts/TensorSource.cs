using System.Diagnostics.CodeAnalysis;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>Hands out the tensors of a file by name, each with the form that its reader expects, and knows which nobody asked for.</summary>
internal sealed class TensorSource
{
    // Below this, another thread would come too late.
    private const int SmallFile = 1 << 20;

    private readonly TensorFile _file;
    private readonly Dictionary<TensorEntry, ModelChecksum> _checksums = [];
    private readonly Dictionary<string, TensorEntry> _left = new(StringComparer.Ordinal);

    public TensorSource(ArtifactBytes bytes, TensorFile file, bool verify)
    {
        Bytes = bytes;
        _file = file;
        foreach (TensorEntry tensor in file.Tensors)
        {
            _left.Add(tensor.Name, tensor);
        }

        if (verify)
        {
            Verify();
        }
    }

    public ArtifactBytes Bytes { get; }

    /// <summary>Whether the file has a tensor that nobody took yet.</summary>
    public bool Has(string name) => _left.ContainsKey(name);

    /// <summary>A tensor of one dimension, in place.</summary>
    public Memory<T> Vector<T>(string name, out TensorEntry entry)
        where T : unmanaged => Take<T>(name, rank: 1, out entry);

    /// <summary>A tensor of one dimension whose length is known.</summary>
    public Memory<T> Vector<T>(string name, long length, out TensorEntry entry)
        where T : unmanaged
    {
        Memory<T> elements = Take<T>(name, rank: 1, out entry);
        if (entry.Shape[0] != length)
        {
            ThrowShape(entry, $"[{length}]");
        }

        return elements;
    }

    /// <summary>A tensor of two dimensions whose shape is known.</summary>
    public Memory<T> Matrix<T>(string name, long rows, long columns, out TensorEntry entry)
        where T : unmanaged
    {
        Memory<T> elements = Take<T>(name, rank: 2, out entry);
        if (entry.Shape[0] != rows || entry.Shape[1] != columns)
        {
            ThrowShape(entry, $"[{rows}, {columns}]");
        }

        return elements;
    }

    /// <summary>Refuses tensors that no reader took, except for padding.</summary>
    public void ThrowIfAnyLeft()
    {
        foreach (TensorEntry tensor in _left.Values)
        {
            if (!Checksums.IsPadding(_file, tensor))
            {
                throw Bytes.Fault(tensor.HeaderOffset, "the header names a tensor that a model of this format version does not have", "the tensors of a model, and padding");
            }

            if (Checksums.CheckTensor(Bytes, _file, tensor) != ModelChecksum.Matches)
            {
                throw Bytes.Fault(tensor.Offset, $"the padding {tensor.Name} is not zero", "zeros");
            }
        }
    }

    /// <summary>Computes all checksums on all threads, those of the longest tensors first. Which of several faults is told does not depend on who found it.</summary>
    private void Verify()
    {
        TensorEntry[] tensors = [.. _file.Tensors.OrderByDescending(tensor => tensor.ByteCount)];
        var checksums = new ModelChecksum[tensors.Length];
        Threads.Run(tensors.Length, Bytes.Length < SmallFile ? 1 : Threads.Resolve(0), () => at => checksums[at] = Checksums.CheckTensor(Bytes, _file, tensors[at]), CancellationToken.None);
        for (int at = 0; at < tensors.Length; at++)
        {
            _checksums.Add(tensors[at], checksums[at]);
        }
    }

    private Memory<T> Take<T>(string name, int rank, out TensorEntry entry)
        where T : unmanaged
    {
        if (!_left.Remove(name, out TensorEntry? found))
        {
            throw Bytes.Fault(TensorFile.PrefixLength, $"the header lacks the tensor '{name}'", "every tensor of a model");
        }

        entry = found;
        TensorType type = TensorType.Of<T>();
        if (entry.Type != type || entry.Shape.Length != rank)
        {
            throw Bytes.Fault(entry.HeaderOffset, $"the tensor '{name}' is {entry.Type.Name} {entry.ShapeText}", $"{type.Name} of rank {rank}");
        }

        if (entry.Offset % ModelFormat.Alignment != 0)
        {
            throw Bytes.Fault(entry.HeaderOffset, $"the tensor '{name}' starts at byte {entry.Offset:N0}", $"a multiple of {ModelFormat.Alignment}");
        }

        if (entry.Count > int.MaxValue)
        {
            throw Bytes.Fault(entry.HeaderOffset, $"the tensor '{name}' has {entry.Count:N0} elements", $"at most {int.MaxValue:N0}", "Train on fewer customers or with fewer factors.");
        }

        if (!_file.Metadata.ContainsKey(ModelFormat.TensorChecksumPrefix + name))
        {
            throw Bytes.Fault(TensorFile.PrefixLength, $"the metadata lack the checksum of the tensor '{name}'", "one for every tensor");
        }

        if (_checksums.TryGetValue(entry, out ModelChecksum checksum) && checksum != ModelChecksum.Matches)
        {
            throw Bytes.Fault(entry.Offset, $"the bytes of the tensor '{name}' do not have their checksum", "the bytes that were written");
        }

        return Bytes.View<T>(entry.Offset, (int)entry.Count);
    }

    [DoesNotReturn]
    private void ThrowShape(TensorEntry entry, string expected) =>
        throw Bytes.Fault(entry.HeaderOffset, $"the tensor '{entry.Name}' has the shape {entry.ShapeText}", $"{expected}, to agree with the other tensors");
}
