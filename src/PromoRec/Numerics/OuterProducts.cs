using System.Runtime.CompilerServices;

namespace PromoRec.Numerics;

/// <summary>The kernel under the Gram matrix, the normal equations and Cholesky: A ± Σⱼ rⱼ rⱼᵀ.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds in the order of j, so neither the vector width nor the tiling below changes a bit.
/// A tile of A stays in registers while all rows pass: four rows by three vectors are twelve sums, enough to hide the latency of the
/// multiply-add, for seven loads. Vectors of eight or sixteen columns begin at the diagonal, so little is computed below it.
/// </remarks>
internal static class OuterProducts
{
    /// <summary>
    /// Adds to rows <paramref name="firstRow"/> up to <paramref name="endRow"/> of A, in each from the vector of columns that holds the
    /// diagonal to the last: the upper triangle, and what the vectors on the diagonal have below it.
    /// </summary>
    /// <param name="a">A, <paramref name="stride"/> floats from row to row.</param>
    /// <param name="stride">Columns of A with their padding, a multiple of sixteen.</param>
    /// <param name="firstRow">A multiple of eight.</param>
    /// <param name="endRow">Where the rows of A end.</param>
    /// <param name="rows">The first component of the first of the rows r.</param>
    /// <param name="step">Floats from one of them to the next.</param>
    /// <param name="group">Floats from one vector of components to the next, in each of them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="ahead">What to fetch meanwhile, a little of it after each of the <see cref="Tiles"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddToUpper<TFloats, TSign>(ref float a, int stride, int firstRow, int endRow, ref float rows, int step, int group, int count, RowsAhead ahead = default)
        where TFloats : struct, IFloats<TFloats>
        where TSign : struct, ISign
    {
        int width = TFloats.Count;
        for (int diagonal = firstRow & -width; diagonal < endRow; diagonal += width)
        {
            int end = Math.Min(endRow, diagonal + width);
            ref float left = ref Unsafe.Add(ref rows, diagonal / width * group);
            for (int column = diagonal; column < stride;)
            {
                ref float right = ref Unsafe.Add(ref rows, column / width * group);
                int vectors = VectorsAtOnce((stride - column) / width);
                int row = Math.Max(firstRow, diagonal);
                while (row < end)
                {
                    ref float tile = ref Unsafe.Add(ref a, (row * stride) + column);
                    ref float x = ref Unsafe.Add(ref left, row - diagonal);
                    switch (vectors)
                    {
                        case 3 when row <= end - 4:
                            FourByThree<TFloats, TSign>(ref tile, (nuint)stride, ref x, ref right, (nuint)group, (nuint)step, count);
                            row += 4;
                            break;
                        case 2 when row <= end - 4:
                            FourByTwo<TFloats, TSign>(ref tile, (nuint)stride, ref x, ref right, (nuint)group, (nuint)step, count);
                            row += 4;
                            break;
                        case 1 when row <= end - 8:
                            EightByOne<TFloats, TSign>(ref tile, (nuint)stride, ref x, ref right, (nuint)step, count);
                            row += 8;
                            break;
                        default:
                            // Fewer rows than a tile, at the end of a matrix whose order is no multiple of eight.
                            for (int vector = 0; vector < vectors; vector++)
                            {
                                OneByOne<TFloats, TSign>(ref Unsafe.Add(ref tile, vector * width), ref x, ref Unsafe.Add(ref right, vector * group), (nuint)step, count);
                            }

                            row++;
                            break;
                    }

                    ahead.Fetch();
                }

                column += vectors * width;
            }
        }
    }

    /// <summary>About how many tiles a whole triangle has.</summary>
    public static int Tiles<TFloats>(int stride)
        where TFloats : struct, IFloats<TFloats> => Math.Max(1, stride * stride / (20 * TFloats.Count));

    /// <summary>Three at a time, and twos rather than a single one at the end.</summary>
    private static int VectorsAtOnce(int left) => left is 3 or >= 5 ? 3 : Math.Min(left, 2);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByThree<TFloats, TSign>(ref float a, nuint stride, ref float left, ref float right, nuint group, nuint step, int count)
        where TFloats : struct, IFloats<TFloats>
        where TSign : struct, ISign
    {
        nuint width = (nuint)TFloats.Count, second = 2 * group;
        ref float b = ref Unsafe.Add(ref a, stride), c = ref Unsafe.Add(ref b, stride), d = ref Unsafe.Add(ref c, stride);
        TFloats a0 = TFloats.Load(ref a, 0), a1 = TFloats.Load(ref a, width), a2 = TFloats.Load(ref a, 2 * width);
        TFloats b0 = TFloats.Load(ref b, 0), b1 = TFloats.Load(ref b, width), b2 = TFloats.Load(ref b, 2 * width);
        TFloats c0 = TFloats.Load(ref c, 0), c1 = TFloats.Load(ref c, width), c2 = TFloats.Load(ref c, 2 * width);
        TFloats d0 = TFloats.Load(ref d, 0), d1 = TFloats.Load(ref d, width), d2 = TFloats.Load(ref d, 2 * width);
        for (; count > 0; count--)
        {
            TFloats y0 = TFloats.Load(ref right, 0), y1 = TFloats.Load(ref right, group), y2 = TFloats.Load(ref right, second);
            var x = TFloats.Broadcast(left);
            a0 = TSign.Step(x, y0, a0);
            a1 = TSign.Step(x, y1, a1);
            a2 = TSign.Step(x, y2, a2);
            x = TFloats.Broadcast(Unsafe.Add(ref left, 1));
            b0 = TSign.Step(x, y0, b0);
            b1 = TSign.Step(x, y1, b1);
            b2 = TSign.Step(x, y2, b2);
            x = TFloats.Broadcast(Unsafe.Add(ref left, 2));
            c0 = TSign.Step(x, y0, c0);
            c1 = TSign.Step(x, y1, c1);
            c2 = TSign.Step(x, y2, c2);
            x = TFloats.Broadcast(Unsafe.Add(ref left, 3));
            d0 = TSign.Step(x, y0, d0);
            d1 = TSign.Step(x, y1, d1);
            d2 = TSign.Step(x, y2, d2);
            left = ref Unsafe.Add(ref left, step);
            right = ref Unsafe.Add(ref right, step);
        }

        TFloats.Store(a0, ref a, 0);
        TFloats.Store(a1, ref a, width);
        TFloats.Store(a2, ref a, 2 * width);
        TFloats.Store(b0, ref b, 0);
        TFloats.Store(b1, ref b, width);
        TFloats.Store(b2, ref b, 2 * width);
        TFloats.Store(c0, ref c, 0);
        TFloats.Store(c1, ref c, width);
        TFloats.Store(c2, ref c, 2 * width);
        TFloats.Store(d0, ref d, 0);
        TFloats.Store(d1, ref d, width);
        TFloats.Store(d2, ref d, 2 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo<TFloats, TSign>(ref float a, nuint stride, ref float left, ref float right, nuint group, nuint step, int count)
        where TFloats : struct, IFloats<TFloats>
        where TSign : struct, ISign
    {
        nuint width = (nuint)TFloats.Count;
        ref float b = ref Unsafe.Add(ref a, stride), c = ref Unsafe.Add(ref b, stride), d = ref Unsafe.Add(ref c, stride);
        TFloats a0 = TFloats.Load(ref a, 0), a1 = TFloats.Load(ref a, width), b0 = TFloats.Load(ref b, 0), b1 = TFloats.Load(ref b, width);
        TFloats c0 = TFloats.Load(ref c, 0), c1 = TFloats.Load(ref c, width), d0 = TFloats.Load(ref d, 0), d1 = TFloats.Load(ref d, width);
        for (; count > 0; count--)
        {
            TFloats y0 = TFloats.Load(ref right, 0), y1 = TFloats.Load(ref right, group);
            var x = TFloats.Broadcast(left);
            a0 = TSign.Step(x, y0, a0);
            a1 = TSign.Step(x, y1, a1);
            x = TFloats.Broadcast(Unsafe.Add(ref left, 1));
            b0 = TSign.Step(x, y0, b0);
            b1 = TSign.Step(x, y1, b1);
            x = TFloats.Broadcast(Unsafe.Add(ref left, 2));
            c0 = TSign.Step(x, y0, c0);
            c1 = TSign.Step(x, y1, c1);
            x = TFloats.Broadcast(Unsafe.Add(ref left, 3));
            d0 = TSign.Step(x, y0, d0);
            d1 = TSign.Step(x, y1, d1);
            left = ref Unsafe.Add(ref left, step);
            right = ref Unsafe.Add(ref right, step);
        }

        TFloats.Store(a0, ref a, 0);
        TFloats.Store(a1, ref a, width);
        TFloats.Store(b0, ref b, 0);
        TFloats.Store(b1, ref b, width);
        TFloats.Store(c0, ref c, 0);
        TFloats.Store(c1, ref c, width);
        TFloats.Store(d0, ref d, 0);
        TFloats.Store(d1, ref d, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne<TFloats, TSign>(ref float a, nuint stride, ref float left, ref float right, nuint step, int count)
        where TFloats : struct, IFloats<TFloats>
        where TSign : struct, ISign
    {
        ref float half = ref Unsafe.Add(ref a, 4 * stride);
        nuint second = 2 * stride, third = 3 * stride;
        TFloats a0 = TFloats.Load(ref a, 0), a1 = TFloats.Load(ref a, stride), a2 = TFloats.Load(ref a, second), a3 = TFloats.Load(ref a, third);
        TFloats a4 = TFloats.Load(ref half, 0), a5 = TFloats.Load(ref half, stride), a6 = TFloats.Load(ref half, second), a7 = TFloats.Load(ref half, third);
        for (; count > 0; count--)
        {
            var y = TFloats.Load(ref right, 0);
            a0 = TSign.Step(TFloats.Broadcast(left), y, a0);
            a1 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 1)), y, a1);
            a2 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 2)), y, a2);
            a3 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 3)), y, a3);
            a4 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 4)), y, a4);
            a5 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 5)), y, a5);
            a6 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 6)), y, a6);
            a7 = TSign.Step(TFloats.Broadcast(Unsafe.Add(ref left, 7)), y, a7);
            left = ref Unsafe.Add(ref left, step);
            right = ref Unsafe.Add(ref right, step);
        }

        TFloats.Store(a0, ref a, 0);
        TFloats.Store(a1, ref a, stride);
        TFloats.Store(a2, ref a, second);
        TFloats.Store(a3, ref a, third);
        TFloats.Store(a4, ref half, 0);
        TFloats.Store(a5, ref half, stride);
        TFloats.Store(a6, ref half, second);
        TFloats.Store(a7, ref half, third);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByOne<TFloats, TSign>(ref float a, ref float left, ref float right, nuint step, int count)
        where TFloats : struct, IFloats<TFloats>
        where TSign : struct, ISign
    {
        var sum = TFloats.Load(ref a, 0);
        for (; count > 0; count--)
        {
            sum = TSign.Step(TFloats.Broadcast(left), TFloats.Load(ref right, 0), sum);
            left = ref Unsafe.Add(ref left, step);
            right = ref Unsafe.Add(ref right, step);
        }

        TFloats.Store(sum, ref a, 0);
    }
}
