"""What is made from the models: frozen schemas, the AsyncAPI document, the event map."""
