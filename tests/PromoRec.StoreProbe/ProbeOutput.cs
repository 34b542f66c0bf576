using System.Text;

namespace PromoRec.StoreProbe;

/// <summary>Lines for the parent process. Each is handed to the operating system before the call returns, so that a killed process has said all it knew.</summary>
public sealed class ProbeOutput(Stream stream)
{
    private readonly Lock _gate = new();

    public void Line(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + "\n");
        lock (_gate)
        {
            stream.Write(bytes);
            stream.Flush();
        }
    }
}
