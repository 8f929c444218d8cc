System.Console.Error.WriteLine("agenttrace: not built yet"); return 1;
