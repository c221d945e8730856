// What `ferry llamacloud files list` does, with the official client.
import LlamaCloud from '@llamaindex/llama-cloud';

const client = new LlamaCloud({ apiKey: process.env.LLAMA_CLOUD_API_KEY, baseURL: process.env.LLAMA_CLOUD_BASE_URL });
for await (const file of client.files.list()) console.log(JSON.stringify(file, null, 2));
