namespace PromoRec.Consent;

/// <summary>What was said, arranged so that a question about a channel and topic is answered by one search for the topic and one cell.</summary>
internal sealed class ConsentTree
{
    private const int Purposes = 2;

    private readonly ConsentNode[] _nodes;
    private readonly ChannelId[] _channels;
    private readonly Row[] _rows;
    private readonly ConsentCell[] _cells;

    /// <param name="nodes">Ordered by topic, channel and purpose; every channel comes before any one.</param>
    public ConsentTree(ConsentNode[] nodes)
    {
        _nodes = nodes;
        _channels = ChannelsOf(nodes);
        _rows = RowsOf(nodes);
        _cells = new ConsentCell[_rows.Length * _channels.Length * Purposes];
        for (int row = 0; row < _rows.Length; row++)
        {
            _rows[row] = _rows[row] with { Parent = row == 0 ? -1 : DeepestAbove(_rows[row].Topic, row) };
            Fill(row);
        }
    }

    public ReadOnlySpan<ConsentNode> Nodes => _nodes;

    /// <param name="purpose">The purpose.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="topic">The topic in canonical form.</param>
    /// <param name="row">Where the topic, or the nearest above it, stands; for <see cref="HasSaleFor"/>.</param>
    public ref readonly ConsentCell Find(ConsentPurpose purpose, ChannelId channel, ReadOnlySpan<char> topic, out int row)
    {
        row = topic.IsEmpty || _rows.Length == 1 ? 0 : Deepest(topic);
        return ref _cells[CellOf(row, ChannelIndex(channel), (int)purpose)];
    }

    /// <summary>Whether a sale at a row or above it permits to advertise a category.</summary>
    public bool HasSaleFor(ConsentPurpose purpose, ChannelId channel, int row, SoftOptInTerms terms, string category)
    {
        for (; row >= 0; row = _rows[row].Parent)
        {
            for (int i = _rows[row].Start; i < _rows[row].End; i++)
            {
                ref readonly ConsentNode node = ref _nodes[i];
                if (node.Purpose == purpose && (node.Channel.IsEmpty || node.Channel == channel) && node.HasSaleFor(terms, category))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Every channel first, then each of which something was said.</summary>
    private static ChannelId[] ChannelsOf(ConsentNode[] nodes)
    {
        List<ChannelId> channels = [default];
        foreach (ref readonly ConsentNode node in nodes.AsSpan())
        {
            if (!channels.Contains(node.Channel))
            {
                channels.Add(node.Channel);
            }
        }

        return [.. channels];
    }

    /// <summary>One row for every topic at first, also if nothing was said about it, then one for each topic in order.</summary>
    private static Row[] RowsOf(ConsentNode[] nodes)
    {
        List<Row> rows = [new Row(string.Empty, 0, 0, -1)];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Topic == rows[^1].Topic)
            {
                rows[^1] = rows[^1] with { End = i + 1 };
            }
            else
            {
                rows.Add(new Row(nodes[i].Topic, i, i + 1, -1));
            }
        }

        return [.. rows];
    }

    private void Fill(int row)
    {
        for (int channel = 0; channel < _channels.Length; channel++)
        {
            for (int purpose = 0; purpose < Purposes; purpose++)
            {
                ConsentCell cell = row == 0 ? default : _cells[CellOf(_rows[row].Parent, channel, purpose)];
                for (int i = _rows[row].Start; i < _rows[row].End; i++)
                {
                    ref readonly ConsentNode node = ref _nodes[i];
                    if ((int)node.Purpose == purpose && (node.Channel.IsEmpty || node.Channel == _channels[channel]))
                    {
                        cell = cell.With(node);
                    }
                }

                _cells[CellOf(row, channel, purpose)] = cell;
            }
        }
    }

    private int CellOf(int row, int channel, int purpose) => (((row * _channels.Length) + channel) * Purposes) + purpose;

    /// <summary>Of a channel about which nothing was said, what was said about every channel holds.</summary>
    private int ChannelIndex(ChannelId channel)
    {
        for (int i = 1; i < _channels.Length; i++)
        {
            if (_channels[i] == channel)
            {
                return i;
            }
        }

        return 0;
    }

    private int Deepest(ReadOnlySpan<char> topic) => IndexOf(topic, _rows.Length) is var row and >= 0 ? row : DeepestAbove(topic, _rows.Length);

    /// <summary>The row of the nearest topic above, among the first rows. A topic stands before those below it.</summary>
    private int DeepestAbove(ReadOnlySpan<char> topic, int end)
    {
        for (int slash = topic.LastIndexOf('/'); slash > 0; slash = topic[..slash].LastIndexOf('/'))
        {
            if (IndexOf(topic[..slash], end) is var row and >= 0)
            {
                return row;
            }
        }

        return 0;
    }

    private int IndexOf(ReadOnlySpan<char> topic, int end)
    {
        int low = 1;
        int high = end - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = topic.SequenceCompareTo(_rows[middle].Topic);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return -1;
    }

    private readonly record struct Row(string Topic, int Start, int End, int Parent);
}
