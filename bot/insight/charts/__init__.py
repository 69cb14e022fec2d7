"""Pictures of what the answers say: values in, a PNG with its words out. Drawing one takes some 100 ms."""
