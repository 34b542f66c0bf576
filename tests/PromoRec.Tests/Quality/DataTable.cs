using System.IO.Compression;

namespace PromoRec.Tests.Quality;

/// <summary>Reads the gzip tables of the data folder, whose fields need no quotes.</summary>
internal static class DataTable
{
    /// <summary>The rows below the header. Skips the test, visibly, where the file is absent.</summary>
    public static IEnumerable<string[]> Rows(string relativePath, char separator = '\t')
    {
        string path = TestData.Require(relativePath);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(separator);
        }
    }
}
