/** The package ships its zod schemas as plain JavaScript; this is the part of zod's interface that the emulator uses. */
declare module 'discord-api-spec/zod' {
  interface SpecIssue {
    code: string;
    path: PropertyKey[];
    message: string;
    /** Only on `invalid_union`: the issues of every branch that was tried. */
    errors?: SpecIssue[][];
    minimum?: number;
    maximum?: number;
    origin?: string;
  }
  interface SpecSchema {
    safeParse(
      value: unknown,
    ): { success: true; data: unknown } | { success: false; error: { issues: SpecIssue[] } };
  }

  export const ApplicationCommandAutocompleteCallbackRequestSchema: SpecSchema;
  export const ApplicationCommandCreateRequestSchema: SpecSchema;
  export const ApplicationCommandPatchRequestPartialSchema: SpecSchema;
  export const ApplicationCommandResponseSchema: SpecSchema;
  export const ApplicationCommandUpdateRequestSchema: SpecSchema;
  export const CreateMessageInteractionCallbackRequestSchema: SpecSchema;
  export const CreatePrivateChannelRequestSchema: SpecSchema;
  export const ErrorResponseSchema: SpecSchema;
  export const GatewayBotResponseSchema: SpecSchema;
  export const GuildChannelResponseSchema: SpecSchema;
  export const IncomingWebhookRequestPartialSchema: SpecSchema;
  export const IncomingWebhookUpdateRequestPartialSchema: SpecSchema;
  export const InteractionCallbackResponseSchema: SpecSchema;
  export const LaunchActivityInteractionCallbackRequestSchema: SpecSchema;
  export const MessageCreateRequestSchema: SpecSchema;
  export const MessageEditRequestPartialSchema: SpecSchema;
  export const MessageResponseSchema: SpecSchema;
  export const ModalInteractionCallbackRequestSchema: SpecSchema;
  export const PongInteractionCallbackRequestSchema: SpecSchema;
  export const PrivateApplicationResponseSchema: SpecSchema;
  export const PrivateChannelResponseSchema: SpecSchema;
  export const RatelimitedResponseSchema: SpecSchema;
  export const UpdateMessageInteractionCallbackRequestSchema: SpecSchema;
  export const UserPIIResponseSchema: SpecSchema;
}
