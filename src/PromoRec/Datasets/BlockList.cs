namespace PromoRec.Datasets;

/// <summary>A list that grows by blocks, so that growing copies nothing once it is large and items keep their place.</summary>
internal sealed class BlockList<T>
    where T : unmanaged
{
    private const int BlockShift = 15;
    private const int BlockLength = 1 << BlockShift;
    private const int FirstLength = 64;

    private readonly List<T[]> _blocks = [];

    public int Count { get; private set; }

    /// <summary>All items in order, block by block.</summary>
    public IEnumerable<ReadOnlyMemory<T>> Blocks
    {
        get
        {
            int left = Count;
            foreach (T[] block in _blocks)
            {
                yield return block.AsMemory(0, Math.Min(block.Length, left));
                left -= block.Length;
            }
        }
    }

    public ref T this[int index] => ref _blocks[index >> BlockShift][index & (BlockLength - 1)];

    /// <exception cref="PromoRecException">There are 2³¹ - 1 items already.</exception>
    public void Add(in T item)
    {
        if (Count == int.MaxValue)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"A dataset can be built from at most {int.MaxValue} events. Leave out old events or kinds of weight 0.");
        }

        int block = Count >> BlockShift;
        int place = Count & (BlockLength - 1);
        if (block == _blocks.Count)
        {
            _blocks.Add(new T[block == 0 ? FirstLength : BlockLength]);
        }
        else if (place == _blocks[block].Length)
        {
            // Only the first block starts small.
            T[] longer = _blocks[block];
            Array.Resize(ref longer, longer.Length * 2);
            _blocks[block] = longer;
        }

        _blocks[block][place] = item;
        Count++;
    }
}
