using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>The items: what they are, how popular, and how to draw one.</summary>
/// <remarks>A cell is the items of one category and one tier; inside a cell every customer follows the shop's popularity.</remarks>
internal sealed class ItemWorld
{
    public const int Tiers = 4;

    /// <summary>Dimensions of the space that customers' tastes and categories' directions live in.</summary>
    public const int TasteLength = 8;

    private const int BrandsPerCell = 2;

    private static readonly double[] TierShares = [0.3, 0.35, 0.2, 0.15];
    private static readonly double[] TierPrices = [0.6, 1, 1.8, 1.4];

    private readonly ushort[] _category;
    private readonly byte[] _tier;
    private readonly ushort[] _brand;
    private readonly float[] _price;
    private readonly float[] _dearness;
    private readonly double[] _popularity;
    private readonly int[] _cellStart;
    private readonly int[] _cellItems;
    private readonly float[] _keep;
    private readonly int[] _alias;

    public ItemWorld(SimulatorOptions options)
    {
        Count = options.Items;
        Categories = Math.Min(options.Categories, options.Items);
        Brands = Math.Min(options.Brands, options.Items);
        _category = new ushort[Count];
        _tier = new byte[Count];
        _brand = new ushort[Count];
        _price = new float[Count];
        _dearness = new float[Count];
        _popularity = new double[Count];
        CategoryDirections = new double[Categories * TasteLength];
        MedianPrices = new double[Categories];
        CategoryMass = new double[Categories];
        CellMass = new double[Categories * Tiers];

        double[] categoryShares = DrawCategories(options.Seed);
        DrawItems(options, categoryShares);

        _cellStart = new int[(Categories * Tiers) + 1];
        _cellItems = new int[Count];
        _keep = new float[Count];
        _alias = new int[Count];
        BuildCells();
        (BrandCellStart, BrandCells) = BuildBrands();
    }

    public int Count { get; }

    public int Categories { get; }

    public int Brands { get; }

    /// <summary>Categories × <see cref="TasteLength"/> unit vectors.</summary>
    public double[] CategoryDirections { get; }

    public double[] MedianPrices { get; }

    /// <summary>Popularity of a category: the sum over its items.</summary>
    public double[] CategoryMass { get; }

    /// <summary>Popularity of a cell: the sum over its items.</summary>
    public double[] CellMass { get; }

    /// <summary>Where the cells of a brand begin in <see cref="BrandCells"/>.</summary>
    public int[] BrandCellStart { get; }

    /// <summary>For each brand its cells, and the share of the cell's popularity that is the brand's.</summary>
    public (int Cell, double Share)[] BrandCells { get; }

    public int Category(int item) => _category[item];

    public int Tier(int item) => _tier[item];

    public int Cell(int item) => (_category[item] * Tiers) + _tier[item];

    public int Brand(int item) => _brand[item];

    public double Price(int item) => _price[item];

    /// <summary>Logarithm of the price over the category's median, cut to [-1.5, 1.5].</summary>
    public double Dearness(int item) => _dearness[item];

    /// <summary>Share of the views of a customer without any taste.</summary>
    public double Popularity(int item) => _popularity[item];

    public int DrawInCell(ref SeededRandom random, int cell)
    {
        int start = _cellStart[cell];
        int place = start + random.NextInt32(_cellStart[cell + 1] - start);
        return random.NextSingle() < _keep[place] ? _cellItems[place] : _cellItems[start + _alias[place]];
    }

    /// <summary>An item by popularity alone.</summary>
    public int Draw(ref SeededRandom random) => DrawInCell(ref random, Weighted.Pick(CellMass, random.NextDouble()));

    /// <summary>An item of a brand, by popularity.</summary>
    public int DrawOfBrand(ref SeededRandom random, int brand)
    {
        ReadOnlySpan<(int Cell, double Share)> cells = BrandCells.AsSpan(BrandCellStart[brand]..BrandCellStart[brand + 1]);
        double mass = 0;
        foreach ((int cell, double share) in cells)
        {
            mass += CellMass[cell] * share;
        }

        double left = random.NextDouble() * mass;
        int picked = cells[^1].Cell;
        foreach ((int cell, double share) in cells)
        {
            left -= CellMass[cell] * share;
            if (left < 0)
            {
                picked = cell;
                break;
            }
        }

        // A cell has few brands, so rejection is quick; the walk is for a brand with a tiny share of a large cell.
        for (int attempt = 0; attempt < 64; attempt++)
        {
            int item = DrawInCell(ref random, picked);
            if (_brand[item] == brand)
            {
                return item;
            }
        }

        int place = _cellStart[picked];
        while (_brand[_cellItems[place]] != brand)
        {
            place++;
        }

        return _cellItems[place];
    }

    private double[] DrawCategories(ulong seed)
    {
        SeededRandom random = RandomStream.Categories(seed);
        var shares = new double[Categories];
        for (int category = 0; category < Categories; category++)
        {
            shares[category] = PortableMath.Exp(0.5 * random.NextGaussian());
            MedianPrices[category] = ShopWords.MedianPrice(category) * PortableMath.Exp(0.1 * random.NextGaussian());
            Span<double> direction = CategoryDirections.AsSpan(category * TasteLength, TasteLength);
            double squared = 0;
            foreach (ref double coordinate in direction)
            {
                coordinate = random.NextGaussian();
                squared += coordinate * coordinate;
            }

            foreach (ref double coordinate in direction)
            {
                coordinate /= Math.Sqrt(squared);
            }
        }

        return Weighted.Normalized(shares);
    }

    private void DrawItems(SimulatorOptions options, double[] categoryShares)
    {
        SeededRandom random = RandomStream.Items(options.Seed);
        int[] ranks = Shuffled(Count, ref random);
        for (int item = 0; item < Count; item++)
        {
            // One item each first, so that no category is empty.
            int category = item < Categories ? item : Weighted.Pick(categoryShares, random.NextDouble());
            int tier = Weighted.Pick(TierShares, random.NextDouble());
            double dearness = PortableMath.Log(TierPrices[tier]) + (0.25 * random.NextGaussian());
            double price = Math.Max(Math.Round(MedianPrices[category] * PortableMath.Exp(dearness), 2), 0.05);
            _category[item] = (ushort)category;
            _tier[item] = (byte)tier;
            _brand[item] = (ushort)PickBrand(category, tier, random.NextInt32(BrandsPerCell));
            _price[item] = (float)price;
            _dearness[item] = (float)Math.Clamp(dearness, -1.5, 1.5);
            _popularity[item] = PortableMath.Exp(-options.PopularityExponent * PortableMath.Log(ranks[item] + 1));
        }

        Weighted.Normalize(_popularity);
        for (int item = 0; item < Count; item++)
        {
            CategoryMass[_category[item]] += _popularity[item];
            CellMass[Cell(item)] += _popularity[item];
        }
    }

    // Brand b belongs to tier b mod 4, where there are that many, and each cell has two of its tier's brands.
    private int PickBrand(int category, int tier, int choice)
    {
        int ofTier = (Brands - tier + Tiers - 1) / Tiers;
        return ofTier < 1 ? (category + choice) % Brands : tier + (Tiers * (((category * BrandsPerCell) + choice) % ofTier));
    }

    private void BuildCells()
    {
        for (int item = 0; item < Count; item++)
        {
            _cellStart[Cell(item) + 1]++;
        }

        for (int cell = 0; cell + 1 < _cellStart.Length; cell++)
        {
            _cellStart[cell + 1] += _cellStart[cell];
        }

        int[] next = _cellStart[..^1];
        for (int item = 0; item < Count; item++)
        {
            _cellItems[next[Cell(item)]++] = item;
        }

        var weights = new double[Count];
        for (int place = 0; place < Count; place++)
        {
            weights[place] = _popularity[_cellItems[place]];
        }

        for (int cell = 0; cell + 1 < _cellStart.Length; cell++)
        {
            Range range = _cellStart[cell].._cellStart[cell + 1];
            AliasTable.Fill(weights.AsSpan(range), _keep.AsSpan(range), _alias.AsSpan(range));
        }
    }

    private (int[] Start, (int Cell, double Share)[] Cells) BuildBrands()
    {
        var shares = new SortedDictionary<(int Brand, int Cell), double>();
        for (int item = 0; item < Count; item++)
        {
            (int, int) key = (_brand[item], Cell(item));
            shares[key] = shares.GetValueOrDefault(key) + (_popularity[item] / CellMass[Cell(item)]);
        }

        var start = new int[Brands + 1];
        foreach ((int brand, _) in shares.Keys)
        {
            start[brand + 1]++;
        }

        for (int brand = 0; brand < Brands; brand++)
        {
            start[brand + 1] += start[brand];
        }

        return (start, [.. shares.Select(static entry => (entry.Key.Cell, entry.Value))]);
    }

    private static int[] Shuffled(int count, ref SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.NextInt32(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
